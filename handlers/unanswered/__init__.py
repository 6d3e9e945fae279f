"""What the assistant could not answer: kept without names, answered by officials, told to everybody who asked."""
