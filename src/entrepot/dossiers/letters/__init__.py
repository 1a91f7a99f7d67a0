"""Letters to subscribers: who asked for what, what is new for them, and sending it once."""
