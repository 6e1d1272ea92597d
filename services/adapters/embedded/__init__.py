"""A real PostgreSQL and a real Apache Kafka on a machine that has nothing but Python.

Both are children of whoever starts them: in a process group of their own, and gone when their parent is gone.
"""
