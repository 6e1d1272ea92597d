"""What is found or decided about a review besides its steps: deferral, investigators, protection, exemption."""
