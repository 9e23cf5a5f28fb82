namespace GradientDescent;

/// <summary>Circular functions and their inverses, in radians and in half turns.</summary>
internal static class TrigonometricFunctions
{
    public readonly struct Sin : IFunction
    {
        public static double Value(double x) => double.Sin(x);

        public static void Derive(double x, double value, out double first, out double second) =>
            (first, second) = (double.Cos(x), -value);
    }

    public readonly struct Cos : IFunction
    {
        public static double Value(double x) => double.Cos(x);

        public static void Derive(double x, double value, out double first, out double second) =>
            (first, second) = (-double.Sin(x), -value);
    }

    public readonly struct Tan : IFunction
    {
        public static double Value(double x) => double.Tan(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = 1 + value * value;
            second = 2 * value * first;
        }
    }

    public readonly struct SinPi : IFunction
    {
        public static double Value(double x) => double.SinPi(x);

        public static void Derive(double x, double value, out double first, out double second) =>
            (first, second) = (double.Pi * double.CosPi(x), -double.Pi * double.Pi * value);
    }

    public readonly struct CosPi : IFunction
    {
        public static double Value(double x) => double.CosPi(x);

        public static void Derive(double x, double value, out double first, out double second) =>
            (first, second) = (-double.Pi * double.SinPi(x), -double.Pi * double.Pi * value);
    }

    public readonly struct TanPi : IFunction
    {
        public static double Value(double x) => double.TanPi(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = double.Pi * (1 + value * value);
            second = 2 * double.Pi * value * first;
        }
    }

    public readonly struct Asin : IFunction
    {
        public static double Value(double x) => double.Asin(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = 1 / Cofactor(x);
            second = x * first * first * first;
        }
    }

    public readonly struct Acos : IFunction
    {
        public static double Value(double x) => double.Acos(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = -1 / Cofactor(x);
            second = x * first * first * first;
        }
    }

    public readonly struct Atan : IFunction
    {
        public static double Value(double x) => double.Atan(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = SlopeOfAtan(x);
            second = -2 * x * first * first;
        }
    }

    public readonly struct AsinPi : IFunction
    {
        public static double Value(double x) => double.AsinPi(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            double slope = 1 / Cofactor(x);
            first = slope / double.Pi;
            second = x * first * slope * slope;
        }
    }

    public readonly struct AcosPi : IFunction
    {
        public static double Value(double x) => double.AcosPi(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            AsinPi.Derive(x, value, out first, out second);
            (first, second) = (-first, -second);
        }
    }

    public readonly struct AtanPi : IFunction
    {
        public static double Value(double x) => double.AtanPi(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            double slope = SlopeOfAtan(x);
            first = slope / double.Pi;
            second = -2 * x * slope * first;
        }
    }

    /// <summary>√(1 − x²), also accurate near ±1.</summary>
    private static double Cofactor(double x) => Math.Sqrt((1 - x) * (1 + x));

    /// <summary>1/(1 + x²). For large x the square would overflow, and the 1 makes no difference.</summary>
    private static double SlopeOfAtan(double x)
    {
        const double Large = 1e9;
        return Math.Abs(x) > Large ? 1 / x / x : 1 / (1 + x * x);
    }
}
