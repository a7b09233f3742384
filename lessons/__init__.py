"""The course: what is taught, asked and shown. It knows the engine, and no screen."""
