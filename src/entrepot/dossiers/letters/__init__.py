"""The newsletter: subscribers by topic, what is new for each, sent once."""
