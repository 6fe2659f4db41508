"""What people have to do here, for the one list of all (`conciliazione.da_fare`)."""
