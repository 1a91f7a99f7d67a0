"""Reading and coding of the public PLOVER gold records, for `bench_plover.py`."""
