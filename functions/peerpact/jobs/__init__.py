"""The six jobs. Each gathers (a handful of calls), decides (a pure function) and acts (keyed, recorded)."""
