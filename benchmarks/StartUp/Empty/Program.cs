// What every .NET program pays to start and end.
return 0;
