"""A Google Workspace on this machine: real paths, shapes and behaviour, for development and demonstration.

It knows Google and nothing of mentoring; Peerpact's jobs reach it through their usual client libraries.
"""
