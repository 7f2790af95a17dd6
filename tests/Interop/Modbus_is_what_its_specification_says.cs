using System.Net.Sockets;

namespace QContinuum.Interop.Tests;

/// <summary>samples/Modbus, byte for byte: what no client of others can be made to send.</summary>
public sealed class Modbus_is_what_its_specification_says
{
    [Theory]
    [InlineData("a coil is on or off", "0003 0000 0006 01 05 0005 1234", "0003 0000 0003 01 85 03")]
    [InlineData("registers are two bytes each", "0004 0000 0009 01 10 0000 0002 02 0001", "0004 0000 0003 01 90 03")]
    [InlineData("three coils are one byte", "0005 0000 0009 01 0F 0000 0003 02 0000", "0005 0000 0003 01 8F 03")]
    [InlineData("a count comes before an address", "0006 0000 0006 01 03 FFFF 0000", "0006 0000 0003 01 83 03")]
    [InlineData("an address does not wrap", "0007 0000 0006 01 03 FFFF 0001", "0007 0000 0003 01 83 02")]
    [InlineData("a function that nobody handles", "0008 0000 0008 01 16 0004 00F2 0025", "0008 0000 0003 01 96 01")]
    [InlineData("a function without data", "0009 0000 0002 FF 07", "0009 0000 0003 FF 87 01")]
    [InlineData("an exception is no request", "000A 0000 0003 01 83 02", "000A 0000 0003 01 83 01")]
    [InlineData("the last register", "FFFF 0000 0006 01 06 0063 8000", "FFFF 0000 0006 01 06 0063 8000")]
    [InlineData("the last coil", "0000 0000 0006 F7 05 0063 FF00", "0000 0000 0006 F7 05 0063 FF00")]
    public async Task In_every_answer(string why, string request, string reply)
    {
        await using SampleServer device = await SampleServer.StartAsync("Modbus");
        using Socket client = device.Connect();

        SampleServer.Exchange(client, request, reply);
        Assert.NotEmpty(why);
    }

    [Fact]
    public async Task Also_when_several_requests_are_on_their_way()
    {
        await using SampleServer device = await SampleServer.StartAsync("Modbus");
        using Socket client = device.Connect();

        SampleServer.Exchange(
            client,
            "0001 0000 000B 01 10 0000 0002 04 0102 0304  0002 0000 0006 02 03 0000 0002"
            + "  0003 0000 0006 03 03 0064 0001  0004 0000 0006 04 01 0000 0009",
            "0001 0000 0006 01 10 0000 0002  0002 0000 0007 02 03 04 0102 0304"
            + "  0003 0000 0003 03 83 02  0004 0000 0005 04 01 02 0000");
    }

    [Theory]
    [InlineData("another protocol", "0001 0001 0006 01 03 0000 0001")]
    [InlineData("a length without room for a function", "0001 0000 0001 01 03")]
    [InlineData("a frame of 261 bytes", "0001 0000 00FF 01 03")]
    [InlineData("a request that is too short", "0001 0000 0004 01 03 0000")]
    [InlineData("a byte count beyond the frame", "0001 0000 0009 01 10 0000 0001 04 0001")]
    public async Task And_what_is_no_Modbus_ends_its_connection(string why, string request)
    {
        await using SampleServer device = await SampleServer.StartAsync("Modbus");
        using Socket good = device.Connect();
        using Socket bad = device.Connect();

        bad.Send(Convert.FromHexString(request.Replace(" ", "", StringComparison.Ordinal)));

        Assert.True(SampleServer.Ends(bad), why);
        SampleServer.Exchange(good, "0001 0000 0006 01 03 0000 0001", "0001 0000 0005 01 03 02 0000");
    }
}
