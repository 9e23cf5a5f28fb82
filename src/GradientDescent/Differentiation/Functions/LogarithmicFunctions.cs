using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Logarithms and the inverse hyperbolic functions. At 0 the derivative of ln is ∞, below 0 it is NaN as the value is.</summary>
internal static class LogarithmicFunctions
{
    private const double LnTwo = 0.69314718055994530942;
    private const double LnTen = 2.30258509299404568402;

    public readonly struct Log : IFunction
    {
        public static double Value(double x) => double.Log(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = Reciprocal(x);
            second = -first * first;
        }
    }

    public readonly struct Log2 : IFunction
    {
        public static double Value(double x) => double.Log2(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = Reciprocal(x) / LnTwo;
            second = -first * Reciprocal(x);
        }
    }

    public readonly struct Log10 : IFunction
    {
        public static double Value(double x) => double.Log10(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = Reciprocal(x) / LnTen;
            second = -first * Reciprocal(x);
        }
    }

    /// <summary>ln(1 + x), also accurate for small x.</summary>
    public readonly struct LogP1 : IFunction
    {
        public static double Value(double x) => Elementary.Of<LogarithmOfOnePlus>(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = Reciprocal(1 + x);
            second = -first * first;
        }
    }

    public readonly struct Asinh : IFunction
    {
        public static double Value(double x) => double.Asinh(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = 1 / double.Hypot(1, x);
            second = -x * first * first * first;
        }
    }

    public readonly struct Acosh : IFunction
    {
        public static double Value(double x) => double.Acosh(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = 1 / (Math.Sqrt(x - 1) * Math.Sqrt(x + 1));
            second = -x * first * first * first;
        }
    }

    public readonly struct Atanh : IFunction
    {
        public static double Value(double x) => double.Atanh(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = Math.Abs(x) <= 1 ? 1 / ((1 - x) * (1 + x)) : double.NaN;
            second = 2 * x * first * first;
        }
    }

    private static double Reciprocal(double x) => x >= 0 ? 1 / Math.Abs(x) : double.NaN;
}
