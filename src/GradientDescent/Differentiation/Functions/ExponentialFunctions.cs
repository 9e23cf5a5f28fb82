using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Exponentials, logistic functions and hyperbolic functions.</summary>
internal static class ExponentialFunctions
{
    private const double LnTwo = 0.69314718055994530942;
    private const double LnTen = 2.30258509299404568402;

    public readonly struct Exp : IFunction
    {
        public static double Value(double x) => double.Exp(x);

        public static void Derive(double x, double value, out double first, out double second) => first = second = value;
    }

    public readonly struct Exp2 : IFunction
    {
        public static double Value(double x) => double.Exp2(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = LnTwo * value;
            second = LnTwo * first;
        }
    }

    public readonly struct Exp10 : IFunction
    {
        public static double Value(double x) => double.Exp10(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = LnTen * value;
            second = LnTen * first;
        }
    }

    /// <summary>eˣ − 1, also accurate for small x.</summary>
    public readonly struct ExpM1 : IFunction
    {
        private const double Direct = 0.7;

        // Kahan's form: the errors of e = eˣ in e − 1 and in ln e cancel (Higham, "Accuracy and Stability", 2002, section 1.14.1).
        public static double Value(double x)
        {
            double e = double.Exp(x);
            if (!(Math.Abs(x) < Direct))
                return e - 1;
            return e == 1 ? x : (e - 1) * (x / double.Log(e));
        }

        public static void Derive(double x, double value, out double first, out double second) => first = second = double.Exp(x);
    }

    public readonly struct Sinh : IFunction
    {
        public static double Value(double x) => double.Sinh(x);

        public static void Derive(double x, double value, out double first, out double second) =>
            (first, second) = (double.Cosh(x), value);
    }

    public readonly struct Cosh : IFunction
    {
        public static double Value(double x) => double.Cosh(x);

        public static void Derive(double x, double value, out double first, out double second) =>
            (first, second) = (double.Sinh(x), value);
    }

    public readonly struct Tanh : IFunction
    {
        private const double SmallValue = 0.7;

        public static double Value(double x) => double.Tanh(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            if (Math.Abs(value) < SmallValue)
            {
                first = 1 - value * value;
            }
            else
            {
                // 1 − tanh² would cancel
                double reciprocal = 1 / double.Cosh(x);
                first = reciprocal * reciprocal;
            }

            second = -2 * value * first;
        }
    }

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public readonly struct Logistic : IFunction
    {
        public static double Value(double x) => Elementary.Sigmoid(x);

        private const double Small = 0.5; // 1 − e would cancel

        // With e = e^−|x| the derivative is e/(1 + e)², and the second one −tanh(x/2) times the first: nothing overflows.
        public static void Derive(double x, double value, out double first, out double second)
        {
            double e = Elementary.Exp(-Math.Abs(x)), total = 1 + e;
            first = e / (total * total);
            double tanh = Math.Abs(x) < Small ? double.Tanh(x / 2) : Math.CopySign((1 - e) / total, x);
            second = -first * tanh;
        }
    }

    /// <summary>ln(1 + eˣ).</summary>
    public readonly struct LogOnePlusExp : IFunction
    {
        public static double Value(double x) => Elementary.Of<Softplus>(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = Elementary.Sigmoid(x);
            Logistic.Derive(x, first, out second, out _);
        }
    }
}
