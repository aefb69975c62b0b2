"""Meetings: the best slot for everybody in a pairing, and what to do about what people do with it."""
