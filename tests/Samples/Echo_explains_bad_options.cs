namespace QContinuum.Samples.Tests;

public sealed class Echo_explains_bad_options
{
    [Theory]
    [InlineData("unknown option '--prot'", "--prot", "9000")]
    [InlineData("unknown option 'port'", "port")]
    [InlineData("--port needs a value", "--port")]
    [InlineData("--port takes a number from 0 to 65535, not '65536'", "--port", "65536")]
    [InlineData("--port takes a number from 0 to 65535, not '-1'", "--port", "-1")]
    [InlineData("--port takes a number from 0 to 65535, not 'http'", "--port", "http")]
    [InlineData("--loops takes a number from 1 to 64, not '0'", "--port", "0", "--loops", "0")]
    [InlineData("--loops needs a value", "--port", "0", "--loops")]
    [InlineData("--poller takes epoll, kqueue or portable, not 'select'", "--poller", "select")]
    [InlineData("--poller takes epoll, kqueue or portable, not 'Epoll'", "--poller", "Epoll")]
    [InlineData("--poller needs a value", "--poller")]
    public async Task And_exits_with_2(string complaint, params string[] arguments)
    {
        await using Sample echo = Sample.Start("Echo", arguments);
        (int code, string output, string error) = await echo.EndAsync();

        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Contains(complaint, error, StringComparison.Ordinal);
        Assert.Contains("usage:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task And_a_poller_that_is_not_there_exits_with_1()
    {
        if (!OperatingSystem.IsLinux())
        {
            // Everything that it takes may be there.
            return;
        }

        await using Sample echo = Sample.Start("Echo", "--port", "0", "--poller", "kqueue");
        (int code, string output, string error) = await echo.EndAsync();

        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.Contains("no kqueue here", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nowhere/libkqueue.so")]
    [InlineData("libc.so.6")]
    public async Task And_a_library_that_has_no_kqueue_exits_with_1(string library)
    {
        if (!OperatingSystem.IsLinux())
        {
            // The system has one, or another name for its C library.
            return;
        }

        await using Sample echo = Sample.StartAfter($"export QCONTINUUM_KQUEUE_LIBRARY={library}", "Echo", "--port", "0", "--poller", "kqueue");
        (int code, string output, string error) = await echo.EndAsync();

        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.Contains($"'{library}', which is no library with kqueue()", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task And_a_port_that_is_taken_exits_with_1()
    {
        await using EchoServer first = await EchoServer.StartAsync();
        await using Sample second = Sample.Start("Echo", "--port", $"{first.Port}");
        (int code, string output, string error) = await second.EndAsync();

        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.Contains($"port {first.Port}", error, StringComparison.Ordinal);
    }
}
