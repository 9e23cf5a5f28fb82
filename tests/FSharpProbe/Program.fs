/// Calls the library from F# and prints a name and the numbers found, a line for each call. The test compares the lines.
module FSharpProbe.Program

open System
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

let results: (string * float seq) list =
    [ "Update", ownLoop (BatchGD 0.5)
      "Minimize, value and gradient", minimum fromValueAndGradient
      "Minimize, value", minimum fromValue ]

for name, numbers in results do
    printfn "%s: %s" name (numbers |> Seq.map (sprintf "%.6f") |> String.concat " ")
