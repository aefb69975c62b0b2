"""The only way to Google: Sheets through gspread, all else through google-api-python-client, both over one session."""
