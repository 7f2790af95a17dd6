using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Kqueue;

namespace QContinuum.Runtime.Tests.Platforms;

/// <summary>
/// The numbers as the headers of the three systems have them, since the machine that the tests run on is but one of them: of Linux those of glibc and
/// &lt;asm-generic&gt;, of macOS those of its SDK, of FreeBSD those of its 12th and later versions. On 64 bits, x64 and arm64 have the same.
/// </summary>
public sealed class Each_platform_has_its_own_numbers
{
    public static TheoryData<string, long, long, long> Numbers => new()
    {
        // <errno.h>
        { nameof(Platform.WouldBlock), 11, 35, 35 },
        { nameof(Platform.NoBuffers), 105, 55, 55 },
        { nameof(Platform.AddressNotAvailable), 99, 49, 49 },
        { nameof(Platform.NetworkUnreachable), 101, 51, 51 },
        { nameof(Platform.ConnectionReset), 104, 54, 54 },
        { nameof(Platform.TimedOut), 110, 60, 60 },
        { nameof(Platform.ConnectionRefused), 111, 61, 61 },
        { nameof(Platform.HostUnreachable), 113, 65, 65 },

        // <sys/socket.h>
        { nameof(Platform.LevelSocket), 1, 0xFFFF, 0xFFFF },
        { nameof(Platform.OptionError), 4, 0x1007, 0x1007 },
        { nameof(Platform.OptionLinger), 13, 0x0080, 0x0080 },
        { nameof(Platform.OptionNoSignal), 0, 0x1022, 0 },
        { nameof(Platform.OptionUnsent), 0, 0x1024, 0 },
        { nameof(Platform.SendNoSignal), 0x4000, 0, 0x20000 },
        { nameof(Platform.AddressFamily6), 10, 30, 28 },
        { nameof(Platform.AddressHasLength), 0, 1, 1 },

        // SOCK_NONBLOCK is O_NONBLOCK on Linux, 04000, and SOCK_CLOEXEC is O_CLOEXEC, 02000000.
        { nameof(Platform.AcceptFlags), 0x80800, 0, 0x30000000 },

        // <sys/resource.h>
        { nameof(Platform.LimitOpenFiles), 7, 8, 8 },

        // <linux/sockios.h> is TIOCOUTQ; <sys/filio.h> is _IO('f', 1) and _IOR('f', 119, int).
        { nameof(Platform.CloseOnExecRequest), 0, 'f' << 8 | 1 | 0x20000000, 0 },
        { nameof(Platform.UnsentRequest), 0x5411, 0, 'f' << 8 | 119 | sizeof(int) << 16 | 0x40000000 },

        // <linux/stat.h>, of statx; <sys/stat.h>, where ino_t has 64 bits. <fcntl.h>: O_CLOEXEC is 02000000 on Linux.
        { nameof(Platform.FileModeOffset), 28, 4, 24 },
        { nameof(Platform.OpenCloseOnExec), 0x80000, 0x1000000, 0x100000 },

        // <sys/event.h>
        { nameof(Platform.EventSize), 0, 32, 64 },
        { nameof(Platform.UserFilter), 0, -10, -11 },
    };

    [Theory, MemberData(nameof(Numbers))]
    public void As_its_headers_have_them(string name, long linux, long macos, long freebsd)
        => Assert.Equal((linux, macos, freebsd), (ValueOf(Platform.Linux, name), ValueOf(Platform.MacOS, name), ValueOf(Platform.FreeBSD, name)));

    [Fact]
    public void And_none_is_forgotten()
    {
        IEnumerable<PropertyInfo> numbers = Properties().Where(static property => property.PropertyType != typeof(string));
        Assert.Equal(numbers.Select(static property => property.Name).Order(), Numbers.Select(static row => (string)row[0]).Order());
    }

    /// <summary>The rest of FreeBSD's event is <c>ext[4]</c>, which nobody asks for.</summary>
    [Fact]
    public void An_event_begins_alike()
    {
        Assert.Equal(32, Unsafe.SizeOf<KernelEvent>());
        Assert.Equal(
            [0, 8, 10, 12, 16, 24],
            new[]
            {
                nameof(KernelEvent.Identifier), nameof(KernelEvent.Filter), nameof(KernelEvent.Flags),
                nameof(KernelEvent.FilterFlags), nameof(KernelEvent.Data), nameof(KernelEvent.UserData),
            }.Select(static field => (int)Marshal.OffsetOf<KernelEvent>(field)));
        Assert.Equal(Platform.FreeBSD.EventSize, Unsafe.SizeOf<KernelEvent>() + (4 * sizeof(ulong)));
    }

    [Theory]
    [InlineData("FilterRead", Kevents.Read)]
    [InlineData("FilterWrite", Kevents.Write)]
    [InlineData("FlagAdd", Kevents.Add)]
    [InlineData("FlagDelete", Kevents.Delete)]
    [InlineData("FlagClear", Kevents.Clear)]
    [InlineData("FlagReceipt", Kevents.Receipt)]
    [InlineData("FlagError", Kevents.Error)]
    [InlineData("FlagEnd", Kevents.End)]
    [InlineData("NoteLowWater", Kevents.LowWater)]
    [InlineData("NoteTrigger", Kevents.Trigger)]
    [InlineData("Interrupted", Kevents.Interrupted)]
    public void Kqueue_has_the_same_everywhere(string name, long value)
        => Assert.Equal(value, Constants.Of(typeof(KqueuePoller<SimulatedKqueue>), name));

    /// <summary>A BSD address begins with its length, and Linux's family has both bytes.</summary>
    [Fact]
    public unsafe void An_address_is_read_as_each_writes_it()
    {
        byte* linux = stackalloc byte[28] { 10, 0, 0x1F, 0x90, 0, 0, 0, 0, 0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 3, 0, 0, 0 };
        byte* bsd = stackalloc byte[28] { 28, 30, 0x1F, 0x90, 0, 0, 0, 0, 0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 3, 0, 0, 0 };
        Assert.Equal("[fe80::7%3]:8080", NativeSocket.Decode(linux, Platform.Linux).ToEndPoint().ToString());
        Assert.Equal("[fe80::7%3]:8080", NativeSocket.Decode(bsd, Platform.MacOS).ToEndPoint().ToString());
        bsd[1] = 28;
        Assert.Equal("[fe80::7%3]:8080", NativeSocket.Decode(bsd, Platform.FreeBSD).ToEndPoint().ToString());

        byte* linux4 = stackalloc byte[28] { 2, 0, 0x1F, 0x90, 10, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
        byte* bsd4 = stackalloc byte[28] { 16, 2, 0x1F, 0x90, 10, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
        Assert.Equal("10.1.2.3:8080", NativeSocket.Decode(linux4, Platform.Linux).ToEndPoint().ToString());
        Assert.Equal("10.1.2.3:8080", NativeSocket.Decode(bsd4, Platform.MacOS).ToEndPoint().ToString());
    }

    private static PropertyInfo[] Properties() =>
    [
        .. typeof(Platform).GetProperties(BindingFlags.Instance | BindingFlags.NonPublic).Where(static property => property.Name != "EqualityContract"),
    ];

    private static long ValueOf(Platform platform, string name) => Properties().Single(property => property.Name == name).GetValue(platform) switch
    {
        nuint value => (long)value,
        bool value => value ? 1 : 0,
        var value => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}
