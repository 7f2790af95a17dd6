using System.Diagnostics;
using System.Globalization;
using QContinuum.Samples.Tests;

namespace QContinuum.Interop.Tests;

/// <summary>The client mode of samples/Modbus against a server made of Debian's pymodbus, and against our own device.</summary>
public sealed class pymodbus_serves_our_client
{
    private const int FirstOfTwo = 6;

    private static readonly string[] Expected =
    [
        "wrote registers 10..13",
        "wrote register 11",
        "registers 10..13: 1 4444 333 65535",
        "wrote coils 20..28",
        "wrote coil 21",
        "coils 20..28: 1 1 1 1 0 0 0 0 1",
        "register 13: 65535",
        "register 65535: exception 2 to function 3",
    ];

    [Needs(nameof(Client.Pymodbus))]
    public async Task Which_reads_back_what_it_wrote_has_two_requests_in_flight_and_shows_an_exception()
    {
        using Process server = Client.Pymodbus.Start();
        Task<string> log = server.StandardError.ReadToEndAsync();
        try
        {
            string line = await server.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))
                ?? throw new InvalidOperationException($"The server ended: {await log}");
            await TourAsync(int.Parse(line.AsSpan(line.LastIndexOf(':') + 1), CultureInfo.InvariantCulture));
        }
        finally
        {
            server.Kill();
        }
    }

    [Fact]
    public async Task As_our_own_device_does()
    {
        await using SampleServer device = await SampleServer.StartAsync("Modbus");
        await TourAsync(device.Port);
    }

    private static async Task TourAsync(int port)
    {
        using Relay relay = Relay.Modbus(port, FirstOfTwo, held: 2);
        await using Sample client = Sample.Start("Modbus", "--connect", $"127.0.0.1:{relay.Port}");
        (int code, string output, string error) = await client.EndAsync();

        Assert.Equal("", error);
        Assert.Equal(Expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(0, code);
        Assert.Equal((1, 8), (relay.Connections, relay.Requests));
    }
}
