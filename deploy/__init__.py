"""What a deployment is made of: broker and database configuration, migrations. Data, and found as a package's data."""
