using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.UpdateRules;

/// <summary>Each update rule as a plain loop over doubles, after the paper, with nothing shared with the library.</summary>
internal sealed class ScalarTwin(int length, double startOfA = 0, double startOfB = 0)
{
    private readonly double[] _a = Filled(length, startOfA);
    private readonly double[] _b = Filled(length, startOfB);
    private readonly double[] _c = new double[length];
    private int _t;
    private FixedPoint _power1 = FixedPoint.One;
    private FixedPoint _power2 = FixedPoint.One;
    private FixedPoint _power3 = FixedPoint.One;

    public void Descent(double[] p, double[] g, double rate)
    {
        for (int i = 0; i < p.Length; i++)
            p[i] -= rate * g[i];
    }

    public void Momentum(double[] p, double[] g, double rate, double mu)
    {
        for (int i = 0; i < p.Length; i++)
        {
            _a[i] = mu * _a[i] - rate * g[i];
            p[i] += _a[i];
        }
    }

    public void Nesterov(double[] p, double[] g, double rate, double mu)
    {
        for (int i = 0; i < p.Length; i++)
        {
            double step = rate * g[i];
            _a[i] = mu * _a[i] - step;
            p[i] += mu * _a[i] - step;
        }
    }

    public void RestartedNesterov(double[] p, double[] g, double rate, double mu)
    {
        double here = Math.Min(mu, _t / (_t + 3.0)), along = 0; // t from 0 here, from 1 in the paper
        for (int i = 0; i < p.Length; i++)
            along += g[i] * (here * _a[i] - rate * g[i]);
        _t = along > 0 ? 0 : _t + 1;
        double following = Math.Min(mu, _t / (_t + 3.0));
        for (int i = 0; i < p.Length; i++)
        {
            double step = rate * g[i];
            _a[i] = here * _a[i] - step;
            p[i] += following * _a[i] - step;
        }
    }

    public void AdaGrad(double[] p, double[] g, double rate, double epsilon)
    {
        for (int i = 0; i < p.Length; i++)
        {
            _a[i] += g[i] * g[i];
            p[i] -= rate * g[i] / (Math.Sqrt(_a[i]) + epsilon);
        }
    }

    public void RMSProp(double[] p, double[] g, double rate, double rho, double epsilon, double mu, bool centered)
    {
        for (int i = 0; i < p.Length; i++)
        {
            _a[i] = rho * _a[i] + (1 - rho) * (g[i] * g[i]);
            double variance = _a[i];
            if (centered)
            {
                _b[i] = rho * _b[i] + (1 - rho) * g[i];
                variance = Math.Max(_a[i] - _b[i] * _b[i], 0);
            }

            double step = rate * g[i] / (Math.Sqrt(variance) + epsilon);
            _c[i] = mu * _c[i] - step;
            p[i] += _c[i];
        }
    }

    public void Adam(double[] p, double[] g, double rate, double beta1, double beta2, double epsilon, bool amsGrad, double decay = 0)
    {
        _power1 *= beta1;
        _power2 *= beta2;
        double corrected = rate / Complement(_power1), rootScale = 1 / Math.Sqrt(Complement(_power2));
        for (int i = 0; i < p.Length; i++)
        {
            p[i] *= 1 - rate * decay;
            _a[i] = beta1 * _a[i] + (1 - beta1) * g[i];
            _b[i] = beta2 * _b[i] + (1 - beta2) * (g[i] * g[i]);
            _c[i] = amsGrad ? Math.Max(_c[i], _b[i]) : _b[i];
            p[i] -= corrected * _a[i] / (rootScale * Math.Sqrt(_c[i]) + epsilon);
        }
    }

    public void AdaMax(double[] p, double[] g, double rate, double beta1, double beta2, double epsilon)
    {
        _power1 *= beta1;
        double corrected = rate / Complement(_power1);
        for (int i = 0; i < p.Length; i++)
        {
            _a[i] = beta1 * _a[i] + (1 - beta1) * g[i];
            _b[i] = Math.Max(beta2 * _b[i], Math.Abs(g[i]) + epsilon);
            p[i] -= corrected * _a[i] / _b[i];
        }
    }

    // warmUp is 0.96^ψ
    public void NAdam(double[] p, double[] g, double rate, double beta1, double beta2, double epsilon, double warmUp)
    {
        _power1 *= warmUp;
        FixedPoint mu = beta1 * (FixedPoint.One - _power1 / 2), next = beta1 * (FixedPoint.One - _power1 * warmUp / 2);
        _power2 *= mu;
        _power3 *= beta2;
        double meanRate = rate * Nearest(next) / Complement(_power2 * next), gradientRate = rate * Complement(mu) / Complement(_power2),
            rootScale = 1 / Math.Sqrt(Complement(_power3));
        for (int i = 0; i < p.Length; i++)
        {
            _a[i] = beta1 * _a[i] + (1 - beta1) * g[i];
            _b[i] = beta2 * _b[i] + (1 - beta2) * (g[i] * g[i]);
            p[i] -= (meanRate * _a[i] + gradientRate * g[i]) / (rootScale * Math.Sqrt(_b[i]) + epsilon);
        }
    }

    public void RAdam(double[] p, double[] g, double rate, double beta1, double beta2, double epsilon)
    {
        _t++;
        _power1 *= beta1;
        _power2 *= beta2;
        FixedPoint whole = (FixedPoint)2 / (FixedPoint.One - beta2) - 1;
        double longest = Nearest(whole), length = Nearest(whole - (FixedPoint)(2 * _t) * _power2 / (FixedPoint.One - _power2));
        double corrected = rate / Complement(_power1);
        if (length > 5)
            corrected *= Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length) * Complement(_power2));
        for (int i = 0; i < p.Length; i++)
        {
            _a[i] = beta1 * _a[i] + (1 - beta1) * g[i];
            _b[i] = beta2 * _b[i] + (1 - beta2) * (g[i] * g[i]);
            p[i] -= length > 5 ? corrected * _a[i] / (Math.Sqrt(_b[i]) + epsilon) : corrected * _a[i];
        }
    }

    public void AdaDelta(double[] p, double[] g, double rate, double rho, double epsilon)
    {
        for (int i = 0; i < p.Length; i++)
        {
            _a[i] = rho * _a[i] + (1 - rho) * (g[i] * g[i]);
            double step = Math.Sqrt(_b[i] + epsilon) / Math.Sqrt(_a[i] + epsilon) * g[i];
            _b[i] = rho * _b[i] + (1 - rho) * (step * step);
            p[i] -= rate * step;
        }
    }

    public void Rprop(double[] p, double[] g, double scale, double etaMinus, double etaPlus, double minStep, double maxStep)
    {
        for (int i = 0; i < p.Length; i++)
        {
            int sign = Math.Sign(g[i]);
            double agreement = sign * _a[i];
            if (agreement > 0)
                _b[i] = Math.Min(etaPlus * _b[i], maxStep);
            if (agreement < 0)
            {
                _b[i] = Math.Max(etaMinus * _b[i], minStep);
                sign = 0;
            }

            _a[i] = sign;
            p[i] -= scale * (sign * _b[i]);
        }
    }

    /// <summary>1 − x, rounded once.</summary>
    private static double Complement(FixedPoint x) => Nearest(FixedPoint.One - x);

    private static double Nearest(FixedPoint x)
    {
        double near = x.ToDouble();
        return near + (x - near).ToDouble();
    }

    private static double[] Filled(int length, double value)
    {
        double[] values = new double[length];
        Array.Fill(values, value);
        return values;
    }
}
