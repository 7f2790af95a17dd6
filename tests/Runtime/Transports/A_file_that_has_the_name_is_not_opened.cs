using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Transports;

/// <summary>To open a pipe lets its other end go on, and to open a device may do anything.</summary>
public sealed partial class A_file_that_has_the_name_is_not_opened : IDisposable
{
    /// <summary><c>IN_OPEN</c>; <c>IN_NONBLOCK</c> is <c>O_NONBLOCK</c>.</summary>
    private const uint Opened = 0x20;
    private const int NonBlocking = 0x800;

    private readonly string _folder = Directory.CreateTempSubdirectory("qcontinuum").FullName;

    private string SocketPath => Path.Combine(_folder, "socket");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [OnLinux]
    public async Task Be_it_a_file()
    {
        await File.WriteAllTextAsync(SocketPath, "precious");
        await ExpectLeftAloneAsync(SocketPath);
    }

    [OnLinux]
    public async Task Be_it_a_pipe()
    {
        using (Process make = Process.Start("mkfifo", [SocketPath]))
        {
            await make.WaitForExitAsync().Guarded();
        }

        await ExpectLeftAloneAsync(SocketPath);
    }

    /// <summary>What it points to is none of a server's business.</summary>
    [OnLinux]
    public async Task Be_it_a_link()
    {
        string target = Path.Combine(_folder, "target");
        await File.WriteAllTextAsync(target, "precious");
        File.CreateSymbolicLink(SocketPath, target);
        await ExpectLeftAloneAsync(target);
    }

    private async Task ExpectLeftAloneAsync(string watched)
    {
        int watch = BeginWatching(NonBlocking);
        try
        {
            Assert.True(Watch(watch, watched, Opened) > 0);
            await using PeerServer server = new(new Script().Run(Threading.Inline));

            SocketException refused = Assert.Throws<SocketException>(() => server.ListenUnix(SocketPath));

            Assert.Equal($"Cannot listen on '{SocketPath}': a file that is no socket has this name, and is left alone. Choose another path.", refused.Message);
            Assert.False(HasEvent(watch), "it was opened");
            using (File.OpenHandle(watched, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            {
                Assert.True(HasEvent(watch), "to open it is seen");
            }
        }
        finally
        {
            Assert.Equal(0, Close(watch));
        }
    }

    private static bool HasEvent(int watch) => Read(watch, new byte[4096], 4096) > 0;

    [LibraryImport("libc", EntryPoint = "inotify_init1")]
    private static partial int BeginWatching(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Watch(int watch, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, byte[] buffer, nint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
