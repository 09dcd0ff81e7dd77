"""What runs at the organisation, never on the employee's machine."""
