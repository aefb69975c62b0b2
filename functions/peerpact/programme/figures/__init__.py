"""The programme in figures: the Overview month by month, and the weekly digest to the admins."""
