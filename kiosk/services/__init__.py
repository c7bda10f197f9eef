"""Use cases in the words of the desk. They run on the worker's thread and reach the outside only through ports."""
