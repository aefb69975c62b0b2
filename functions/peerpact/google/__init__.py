"""The only door to Google: everything that gspread, google-api-python-client and google-auth are used for."""
