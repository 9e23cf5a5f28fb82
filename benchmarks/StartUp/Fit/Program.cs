using GradientDescent;

// The least a program does with the library: a line through six points.
return LinearRegression.Fit([58, 39, 25, 44, 31, 52], [65e3, 43e3, 23e3, 51e3, 33e3, 58e3]).Weights.Length - 1;
