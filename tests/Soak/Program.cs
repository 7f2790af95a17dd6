using QContinuum.Soak.Tests;
using QContinuum.Soak.Tests.Load;

if (args is [LoadProcess.Role, ..])
{
    return await LoadProcess.RunAsync(args[1..]);
}

if (!SoakOptions.TryParse(args, out SoakOptions? options, out string? error))
{
    Console.Error.WriteLine($"soak: {error}");
    Console.Error.WriteLine(SoakOptions.Usage);
    return 2;
}

try
{
    return await new Soak(options).RunAsync() ? 0 : 1;
}
catch (Exception exception)
{
    Console.Error.WriteLine($"soak: {exception}");
    return 1;
}
