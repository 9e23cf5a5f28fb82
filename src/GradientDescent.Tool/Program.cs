Console.WriteLine(new GradientDescent.Adam().LearningRate);
