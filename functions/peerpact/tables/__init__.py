"""From rows to the programme's values and back, by the descriptions in sheets_schema. No I/O."""
