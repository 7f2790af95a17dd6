using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using QContinuum.Benchmarks.Generator;

// What the generators cost in a big project: the first run, and a run after an edit. The first rows are of a new process, JIT compilation of
// the generators and of Roslyn included; the other rows are medians of a warm process, as an IDE and the compiler server meet them. What any
// generator costs that looks at the same declarations is printed beside it.

const int Rounds = 15;
const string FloorOnly = "--declarations-only";
CSharpCompilation project = BigProject.Create();
project.GetDiagnostics(); // The compiler's own work on the user's code is not the generators'.
if (args is [FloorOnly])
{
    (GeneratorDriver floor, Cost least) = Measure(BigProject.CreateDriver(new DeclarationsOnly()), project);
    Print("new process, declarations only", least, floor);
    return 0;
}

Console.WriteLine($"{BigProject.Messages} messages, {BigProject.Processors} processors, {project.SyntaxTrees.Length} files");
Console.WriteLine();
Console.WriteLine("| run | ms | MB allocated | files written anew | stages run again |");
Console.WriteLine("|---|---|---|---|---|");

(GeneratorDriver driver, Cost cold) = Measure(BigProject.CreateDriver(), project);
Print("new process", cold, driver);

GeneratorDriverRunResult result = driver.GetRunResult();
if (result.Diagnostics.Length > 0 || result.Results.Any(static generator => generator.Exception is not null))
{
    Console.Error.WriteLine("The generators failed.");
    return 1;
}

using (Process floor = Process.Start(Environment.ProcessPath!, FloorOnly))
{
    floor.WaitForExit();
}

Print("cold", MedianOf(static () => BigProject.CreateDriver(), project, out GeneratorDriver warm), warm);
Print("cold, declarations only", MedianOf(static () => BigProject.CreateDriver(new DeclarationsOnly()), project, out GeneratorDriver bare), bare);
Edit("edit of other code", "Other7.cs", "42", "43");
Edit("edit of a comment in a file of messages", "Messages7.cs", "namespace Big;", "// Edited.\nnamespace Big;");
Edit("edit of one message", "Messages7.cs", "Message70(int A, ushort B", "Message70(int A, short B");
Edit("edit of one handler", "Processor7.cs", "private void", "private static void");
return 0;

void Edit(string name, string path, string find, string replace)
{
    CSharpCompilation edited = BigProject.Edit(project, path, find, replace);
    edited.GetDiagnostics();
    Print(name, MedianOf(() => driver, edited, out GeneratorDriver after), after);
}

static Cost MedianOf(Func<GeneratorDriver> create, CSharpCompilation compilation, out GeneratorDriver last)
{
    var costs = new List<Cost>();
    last = create();
    for (int round = 0; round < Rounds; round++)
    {
        (last, Cost cost) = Measure(create(), compilation);
        costs.Add(cost);
    }

    return new Cost(Median(costs.Select(static cost => cost.Milliseconds)), Median(costs.Select(static cost => cost.Megabytes)));
}

static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

static (GeneratorDriver Driver, Cost Cost) Measure(GeneratorDriver driver, CSharpCompilation compilation)
{
    GC.Collect();
    long allocated = GC.GetAllocatedBytesForCurrentThread();
    long start = Stopwatch.GetTimestamp();
    driver = driver.RunGenerators(compilation);
    TimeSpan time = Stopwatch.GetElapsedTime(start);
    return (driver, new Cost(time.TotalMilliseconds, (GC.GetAllocatedBytesForCurrentThread() - allocated) / 1e6));
}

static void Print(string name, Cost cost, GeneratorDriver after)
{
    GeneratorDriverRunResult run = after.GetRunResult();
    int rewritten = CountNew(run.Results.SelectMany(static generator => generator.TrackedOutputSteps).SelectMany(static step => step.Value));
    int again = CountNew(run.Results
        .SelectMany(static generator => generator.TrackedSteps)
        .Where(static step => step.Key.EndsWith("Models", StringComparison.Ordinal) || step.Key.EndsWith("Files", StringComparison.Ordinal))
        .SelectMany(static step => step.Value));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {cost.Milliseconds:F1} | {cost.Megabytes:F1} | {rewritten} | {again} |"));
}

static int CountNew(IEnumerable<IncrementalGeneratorRunStep> steps)
    => steps
        .SelectMany(static step => step.Outputs)
        .Count(static output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));

internal readonly record struct Cost(double Milliseconds, double Megabytes);
