namespace QContinuum.Interop.Tests;

/// <summary>The npm package jsmodbus against samples/Modbus. Asked for two things at once, it sends the second after the answer to the first.</summary>
public sealed class jsmodbus_asks_two_things_of_one_socket
{
    [Needs(nameof(Client.JsModbus))]
    public async Task And_gets_each_answer()
    {
        await using SampleServer device = await SampleServer.StartAsync("Modbus");
        using Relay relay = Relay.Modbus(device.Port);

        string[] lines = await Client.JsModbus.RunAsync($"{relay.Port}");

        Assert.Equal(
            [
                "registers: [0,0,0,0,0]",
                "coils: [0,0,0,0,0,0,0,0,0]",
                "wrote registers: [1,3]",
                "wrote coil: 7",
                "registers: [0,11,22,33,44]",
                "coils: [0,0,1,0,1,0,0,1,0]",
                "unit: 9",
                "register 100: exception 2",
                "input registers: exception 1",
                "discrete inputs: exception 1",
            ],
            lines);
        Assert.Equal(1, relay.Connections);
    }
}
