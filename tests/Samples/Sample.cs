using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace QContinuum.Samples.Tests;

/// <summary>A sample, running as a process of its own; it ends with the test, and has then released every block.</summary>
internal sealed class Sample : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What a process ends with that holds a block at its end.</summary>
    private const int KeptBlocks = 70;

    private readonly Process _process;
    private readonly Task<string> _error;

    private Sample(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    public static Sample Start(string name, params string[] arguments) => Run("dotnet", [Program(name), .. arguments]);

    /// <summary>Starts a sample that may open no more than <paramref name="descriptors"/> files.</summary>
    public static Sample StartLimited(int descriptors, string name, params string[] arguments)
        => StartAfter($"ulimit -n {descriptors}", name, arguments);

    /// <summary>Starts a sample after a command of the shell that becomes it.</summary>
    public static Sample StartAfter(string command, string name, params string[] arguments)
        => Run("/bin/sh", ["-c", $"{command}; exec dotnet \"$0\" \"$@\"", Program(name), .. arguments]);

    /// <summary>Starts a sample on a terminal of its own, to which what it is typed goes, and which echoes nothing by itself.</summary>
    public static Sample StartOnTerminal(string name, params string[] arguments)
        => Run("/usr/bin/env", ["TERM=xterm", "NO_COLOR=1", "script", "-qec", $"dotnet '{Program(name)}' {string.Join(' ', arguments)}", "/dev/null"]);

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>The next line of its standard output; null at its end.</summary>
    public Task<string?> LineAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);

    /// <summary>Presses keys.</summary>
    public async Task PressAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys).WaitAsync(Patience);
        await _process.StandardInput.FlushAsync().WaitAsync(Patience);
    }

    /// <summary>Reads its standard output, which may be in the middle of a line, until a text has come.</summary>
    public async Task<string> OutputToAsync(string text)
    {
        var output = new StringBuilder();
        char[] next = new char[1];
        while (output.Length < text.Length || output.ToString(output.Length - text.Length, text.Length) != text)
        {
            int read = await _process.StandardOutput.ReadAsync(next, 0, 1).WaitAsync(Patience);
            Assert.True(read == 1, $"it ended without '{text}': {output}");
            output.Append(next[0]);
        }

        return output.ToString();
    }

    /// <summary>Types a line into its standard input.</summary>
    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line).WaitAsync(Patience);
        await _process.StandardInput.FlushAsync().WaitAsync(Patience);
    }

    /// <summary>Ends its standard input.</summary>
    public void EndInput() => _process.StandardInput.Close();

    /// <summary>Waits for a line of its standard output that has a text in it, and passes over those before.</summary>
    public async Task<string> LineWithAsync(string text)
    {
        while (await LineAsync() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        Assert.Fail($"it ended without a line with '{text}'");
        return "";
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<(int Code, string Output, string Error)> EndAsync()
    {
        string output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return (_process.ExitCode, output, await _error.WaitAsync(Patience));
    }

    /// <summary>Sends it a signal, named as the shell's <c>kill</c> names it.</summary>
    public async Task SignalAsync(string signal) => Assert.Equal(0, await KillAsync(signal));

    private static Sample Run(string program, string[] arguments)
        => new(Process.Start(new ProcessStartInfo(program, arguments)
        {
            // In a Debug build one that ends with a block that nobody released says who took it.
            Environment = { ["QCONTINUUM_BLOCKS_AT_EXIT"] = "1" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);

    private static string Program(string name) => Path.Combine(Metadata("Samples"), name, Metadata("Output"), $"{Path.GetFileName(name)}.dll");

    /// <summary>Tells it to end, where it has not, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        using (_process)
        {
            try
            {
                // It may end by itself at the same time: whether the signal reached it does not matter.
                await (_process.HasExited ? Task.CompletedTask : KillAsync("TERM"));
                await _process.WaitForExitAsync().WaitAsync(Patience);
            }
            finally
            {
                if (!_process.HasExited)
                {
                    _process.Kill(entireProcessTree: true);
                }
            }

            Assert.True(_process.ExitCode != KeptBlocks, await _error.WaitAsync(Patience));
        }
    }

    private async Task<int> KillAsync(string signal)
    {
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {_process.Id} 2>/dev/null"]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
        return kill.ExitCode;
    }

    private static string Metadata(string key)
        => typeof(Sample).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == key).Value!;
}
