"""Letters about commitments: the request after a meeting, the monthly follow-up, the one reminder."""
