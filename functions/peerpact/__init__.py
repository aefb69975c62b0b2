"""Peerpact: peer-to-peer mentoring programmes inside Google Workspace."""
