"""What every API here is built on: requests and answers, routes and schemas, the store, the clock, who asks, faults."""
