"""Open data: what the public face tells of projects, enti and alleanze, as CSV and JSON with a schema. No person is in it."""
