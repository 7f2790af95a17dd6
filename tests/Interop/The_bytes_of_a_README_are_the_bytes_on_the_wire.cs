using System.Net.Sockets;
using System.Reflection;

namespace QContinuum.Interop.Tests;

public sealed class The_bytes_of_a_README_are_the_bytes_on_the_wire
{
    [Theory]
    [InlineData("Modbus")]
    [InlineData("Dns")]
    public async Task Line_for_line(string sample)
    {
        string samples = typeof(The_bytes_of_a_README_are_the_bytes_on_the_wire).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == "Samples").Value!;
        string[] lines = [.. File.ReadLines(Path.Combine(samples, sample, "README.md")).Where(line => line.StartsWith('→') || line.StartsWith('←'))];
        Assert.True(lines.Length >= 2 && lines.Length % 2 == 0, $"{lines.Length} lines");

        await using SampleServer server = await SampleServer.StartAsync(sample);
        using Socket client = server.Connect();
        foreach (string[] pair in lines.Chunk(2))
        {
            Assert.Equal(("→ ", "← "), (pair[0][..2], pair[1][..2]));
            SampleServer.Exchange(client, pair[0][2..], pair[1][2..]);
        }
    }
}
