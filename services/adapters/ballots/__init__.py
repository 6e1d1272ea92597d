"""The secret ballot's two halves: papers that are signed blindly under a name, and a box that is filled without one."""
