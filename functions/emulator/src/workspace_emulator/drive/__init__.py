"""Drive v3: the little that spreadsheets need."""
