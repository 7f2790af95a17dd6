using System.Diagnostics;
using System.Reflection;

namespace QContinuum.Interop.Tests;

/// <summary>A client or server that others wrote: whether it is installed, and how it runs.</summary>
internal sealed class Client
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _program;
    private readonly string[] _arguments;
    private readonly Lazy<string?> _missing;

    private Client(string name, string program, string[] arguments, string remedy, params string[] probe)
    {
        _program = program;
        _arguments = arguments;
        _missing = new(() => Answers(program, probe) ? null : $"{name} is not installed: {remedy}");
    }

    public static Client ModbusSerial { get; } = Npm("modbus-serial");

    public static Client JsModbus { get; } = Npm("jsmodbus");

    // Debian's own interpreter: another one does not see Debian's packages.
    public static Client Pymodbus { get; } = new(
        "pymodbus",
        "/usr/bin/python3",
        [Script("pymodbus-server.py")],
        "apt-get install python3-pymodbus python3-serial-asyncio",
        "-c",
        "import pymodbus.server.async_io");

    public static Client Dig { get; } = new("dig", "dig", [], "apt-get install bind9-dnsutils", "-v");

    /// <summary>Why it cannot run; null where it can.</summary>
    public string? Missing => _missing.Value;

    public static Client Named(string name) => (Client)typeof(Client).GetProperty(name)!.GetValue(null)!;

    /// <summary>Starts it with its standard streams redirected.</summary>
    public Process Start(params string[] arguments)
    {
        if (Missing is { } reason)
        {
            Assert.Fail(reason);
        }

        return Launch(_program, [.. _arguments, .. arguments]);
    }

    /// <summary>Runs it to its end, and expects it to be satisfied.</summary>
    /// <returns>The lines that it printed.</returns>
    public async Task<string[]> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        try
        {
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(("", 0), (await error, process.ExitCode));
            return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static Client Npm(string package)
        => new(package, "node", [Script($"{package}.js")], "npm ci in tests/Interop", "-e", $"require({Quoted(Here("node_modules", package))})");

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string Script(string name) => Here("Clients", name);

    private static string Here(params string[] path)
    {
        string here = typeof(Client).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Interop").Value!;
        return Path.Combine([here, .. path]);
    }

    private static bool Answers(string program, string[] arguments)
    {
        try
        {
            using Process process = Launch(program, arguments);
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            return process.WaitForExit(Patience) && Task.WaitAll([output, error], Patience) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Process Launch(string program, string[] arguments)
        => Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
