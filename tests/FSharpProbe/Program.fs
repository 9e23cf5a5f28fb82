/// Calls the library from F# and prints one line for each call: its name and its result. The test compares the lines.
module FSharpProbe.Program

open System
open System.IO
open GradientDescent

/// The minimum of half the squared distance to it.
let centre = [| 3.0; -1.0 |]

/// The steps of gradient descent that each call makes.
let steps = 10

let gradientAt (parameters: float array) = Array.map2 (-) parameters centre

/// A loop of the user's own: the optimizer only updates.
let ownLoop (optimizer: IOptimizer) =
    let parameters = [| 0.0; 0.0 |]

    for _ in 1..steps do
        optimizer.Update(parameters, gradientAt parameters)

    parameters

let halfSquare (difference: float array) = 0.5 * Array.sumBy (fun d -> d * d) difference

let fromValue = Objective.From(fun p -> halfSquare (gradientAt (p.ToArray())))

let fromValueAndGradient =
    Objective.From(fun p g ->
        let difference = gradientAt (p.ToArray())
        difference.CopyTo g
        halfSquare difference)

let minimum (objective: IObjective) =
    let trainer = Trainer(BatchGD 0.5, TrainingOptions(MaxEpochs = steps))
    trainer.Minimize(objective, [| 0.0; 0.0 |]).Parameters

/// Saves a model to a temporary file, loads it, and deletes the file.
let reload (save: string -> unit) (load: string -> 'model) =
    let path = Path.GetTempFileName()

    try
        save path
        load path
    finally
        File.Delete path

/// y = 1 + 2x.
let line =
    LinearRegression.Fit([| 0.0; 1.0; 2.0; 3.0 |], [| 1.0; 3.0; 5.0; 7.0 |])

let loadedLine =
    reload (fun path -> line.Save path) (fun path -> LinearRegression.Load path)

/// Four animals at x = 0, four at x = 1.
let animals =
    SoftmaxRegression.Fit(
        [| 0.0; 0.0; 0.0; 0.0; 1.0; 1.0; 1.0; 1.0 |],
        [| "cat"; "cat"; "dog"; "owl"; "cat"; "dog"; "owl"; "owl" |]
    )

let loadedAnimals =
    reload (fun path -> animals.Save path) (fun path -> SoftmaxRegression.Load<string> path)

let text (numbers: float seq) =
    numbers |> Seq.map (sprintf "%.6f") |> String.concat " "

// Predict takes `params ReadOnlySpan<double>`. F# does not expand it, as C# does in Predict(10.0), and does not convert a literal
// [| 10.0 |] to a span. It converts a value whose type is an array. The other way is `ReadOnlySpan [| 10.0 |]`.
let zero, one, ten = [| 0.0 |], [| 1.0 |], [| 10.0 |]

let results =
    [ "Update", text (ownLoop (BatchGD 0.5))
      "Minimize, value and gradient", text (minimum fromValueAndGradient)
      "Minimize, value", text (minimum fromValue)
      "LinearRegression.Fit", text [ line.Intercept; line.Weights[0]; line.Predict ten ]
      "LinearRegression.Load", text [ loadedLine.Intercept; loadedLine.Weights[0]; loadedLine.Predict ten ]
      "SoftmaxRegression.Fit", $"{animals.Predict zero} {animals.Predict one}"
      "SoftmaxRegression.Fit, probabilities", text (animals.PredictProbability(zero).Values)
      "SoftmaxRegression.Load", $"{loadedAnimals.Predict zero} {loadedAnimals.Predict one}" ]

for name, result in results do
    printfn $"{name}: {result}"
