#:project ../src/GradientDescent/GradientDescent.csproj
#:property PublishAot=false

// A training loop of your own: a network of two layers learns exclusive or. All parameters are one vector; the optimizer sees nothing else.
using GradientDescent;

const int Hidden = 4;
double[][] inputs = [[0, 0], [0, 1], [1, 0], [1, 1]];
double[] targets = [0, 1, 1, 0];

// In the vector: two weights and a bias for each hidden unit, then the output's weights and bias.
double[] parameters = new double[4 * Hidden + 1], gradient = new double[parameters.Length];
var random = new Random(5);
foreach (ref double parameter in parameters.AsSpan())
    parameter = random.NextDouble() * 2 - 1;

var optimizer = new Adam(0.05);
for (int epoch = 0; epoch <= 400; epoch++)
{
    Array.Clear(gradient);
    double loss = 0;
    for (int i = 0; i < inputs.Length; i++)
        loss += AddSample(parameters, inputs[i], targets[i], gradient) / inputs.Length;

    optimizer.Update(parameters, gradient);
    if (epoch % 200 == 0)
        Console.WriteLine($"epoch {epoch}: loss {loss:F3}");
}

Span<double> hiddenUnits = stackalloc double[Hidden];
foreach (double[] input in inputs)
    Console.WriteLine($"{input[0]} xor {input[1]} = {Forward(parameters, input, hiddenUnits):F1}");

static double Forward(ReadOnlySpan<double> p, ReadOnlySpan<double> x, Span<double> hidden)
{
    double score = p[^1];
    for (int k = 0; k < Hidden; k++)
    {
        hidden[k] = Math.Tanh(p[3 * k] * x[0] + p[3 * k + 1] * x[1] + p[3 * k + 2]);
        score += p[3 * Hidden + k] * hidden[k];
    }

    return 1 / (1 + Math.Exp(-score));
}

// Cross-entropy of one sample; its gradient by the chain rule, from the output back to the inputs.
static double AddSample(ReadOnlySpan<double> p, ReadOnlySpan<double> x, double target, Span<double> gradient)
{
    Span<double> hidden = stackalloc double[Hidden];
    double output = Forward(p, x, hidden), error = output - target;
    gradient[^1] += error;
    for (int k = 0; k < Hidden; k++)
    {
        gradient[3 * Hidden + k] += error * hidden[k];
        double below = error * p[3 * Hidden + k] * (1 - hidden[k] * hidden[k]);
        gradient[3 * k] += below * x[0];
        gradient[3 * k + 1] += below * x[1];
        gradient[3 * k + 2] += below;
    }

    return -Math.Log(target == 1 ? output : 1 - output);
}

// Prints:
// epoch 0: loss 0.811
// epoch 200: loss 0.008
// epoch 400: loss 0.003
// 0 xor 0 = 0.0
// 0 xor 1 = 1.0
// 1 xor 0 = 1.0
// 1 xor 1 = 0.0
