"""Every read of the publishing room that its pages and duties share."""
