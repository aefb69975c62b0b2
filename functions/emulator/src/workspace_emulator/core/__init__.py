"""What every API here stands on: requests and answers, routes and schemas, the store, the clock, who asks, faults."""
