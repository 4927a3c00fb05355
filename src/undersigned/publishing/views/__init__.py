"""What the pages of the publishing room show, and where they lead."""
