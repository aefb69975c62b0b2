"""The programme played on a local Workspace: an example company, its people's doings, the summary and the page."""
