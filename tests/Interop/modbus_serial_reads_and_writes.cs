namespace QContinuum.Interop.Tests;

/// <summary>The npm package modbus-serial against samples/Modbus.</summary>
public sealed class modbus_serial_reads_and_writes
{
    private const int FirstOfTwenty = 12;

    [Needs(nameof(Client.ModbusSerial))]
    public async Task Registers_and_coils_twenty_at_once_and_learns_why_it_is_refused()
    {
        await using SampleServer device = await SampleServer.StartAsync("Modbus");
        using Relay relay = Relay.Modbus(device.Port, FirstOfTwenty, held: 20);

        string[] lines = await Client.ModbusSerial.RunAsync($"{relay.Port}");

        Assert.Equal(
            [
                "fresh registers: [0,0,0]",
                """write register 5: {"address":5,"value":48879}""",
                """write registers 6..8: {"address":6,"length":3}""",
                "registers 5..8: [48879,1,515,65535]",
                "registers 0..99: 100",
                """write coil 0: {"address":0,"state":true}""",
                """write coils 10..20: {"address":10,"length":11}""",
                "coil 0: [true]",
                "coils 9..21: [false,true,false,true,true,false,false,false,false,true,true,true,false]",
                """clear coil 0: {"address":0,"state":false}""",
                "coil 0: [false]",
                "twenty at once: [1,2,3,4,1,2,3,4,1,2,3,4,1,2,3,4,1,2,3,4]",
                "register 100: exception 2",
                "registers 99..100: exception 2",
                "write register 100: exception 2",
                "write coils 99..100: exception 2",
                "no registers: exception 3",
                "126 registers: exception 3",
                "2001 coils: exception 3",
                "input registers: exception 1",
                "discrete inputs: exception 1",
                "device identification: exception 1",
                "still there: [48879]",
            ],
            lines);
        Assert.Equal(1, relay.Connections);
    }
}
