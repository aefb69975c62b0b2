"""Cloud Storage: buckets and objects with generations, as far as a lease or a small file needs them.

A bucket is there as soon as it was made or something was put into it; who may use it is left to the token's scopes.
"""
