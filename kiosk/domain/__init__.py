"""The rules of the desk: pure values and functions, standard library only, no clock, no I/O."""
