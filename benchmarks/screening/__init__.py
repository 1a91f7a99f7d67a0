"""What `bench_screening.py` measures and how."""
