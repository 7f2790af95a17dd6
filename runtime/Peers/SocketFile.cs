using System.Net.Sockets;
using QContinuum.Transports.Sockets;

namespace QContinuum;

/// <summary>The file of a unix domain socket: whose it is, and why a socket cannot be bound there.</summary>
internal sealed class SocketFile(string path)
{
    /// <summary>By its whole path: the working directory may be another one by the time at which the file goes. Null where the socket has none.</summary>
    private readonly FileInfo? _file = path is "" or ['\0', ..] ? null : new FileInfo(path);
    private DateTime _made;

    /// <summary>Held around every look at the file and what is done about it: two servers would otherwise delete each other's.</summary>
    internal FolderLock Lock() => FolderLock.Take(_file?.DirectoryName);

    /// <summary>The socket was bound a moment ago: the file of now is its own.</summary>
    internal void Remember()
    {
        _file?.Refresh();
        try
        {
            _made = _file?.LastWriteTimeUtc ?? default;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its folder is another one already: whether somebody listens there tells alone whose the file is.
        }
    }

    /// <summary>
    /// Deletes the file where it belongs to nobody who listens. After <see cref="Remember"/>, once the own socket is closed: another server may have bound
    /// the path since, and its file is newer, or somebody answers there. With <see cref="Lock"/>.
    /// </summary>
    /// <exception cref="IOException">The file cannot be looked at, and stays: its folder is another one by now, say.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise: its folder may not be searched any more.</exception>
    internal void Delete()
    {
        if (_file is null)
        {
            return;
        }

        _file.Refresh();
        if ((_made == default || _file.LastWriteTimeUtc == _made) && IsLeftOver())
        {
            try
            {
                _file.Delete();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It stays, and the next server replaces it.
            }
        }
    }

    /// <summary>Whether the file is a socket, and nobody listens there any more. With <see cref="Lock"/>: who has bound it and does not listen yet looks the same.</summary>
    internal bool IsLeftOver() => _file is not null && FileKind.IsSocket(_file.FullName) && Probe() == SocketError.ConnectionRefused;

    /// <summary>Why nothing can be bound at the path, and what to do. With <see cref="Lock"/>.</summary>
    internal string Explain(SocketException exception)
    {
        string? folder = _file?.DirectoryName;
        return exception.SocketErrorCode switch
        {
            _ when folder is not null && File.Exists(folder) => $"'{folder}' is no directory. Choose another path.",
            _ when folder is not null && !Directory.Exists(folder)
                => $"the directory '{folder}' does not exist. Create it first, or choose another path.",
            SocketError.AccessDenied
                => $"this process may not make a file in '{folder}'. Change the permissions of that directory, or choose another path.",
            SocketError.AddressAlreadyInUse when Directory.Exists(path) => "it is a directory. Name a file in it that does not exist yet.",
            SocketError.AddressAlreadyInUse when _file is not null && !FileKind.IsSocket(_file.FullName)
                => "a file that is no socket has this name, and is left alone. Choose another path.",
            SocketError.AddressAlreadyInUse => "another server listens there. Stop it first, or choose another path.",
            _ => exception.Message,
        };
    }

    /// <summary>What somebody meets who connects there. Without waiting: somebody whose queue is full is there as well.</summary>
    private SocketError Probe()
    {
        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(EndPoint());
            return SocketError.Success;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode;
        }
    }

    /// <summary>Of the whole path, unless that is longer than the system takes.</summary>
    private UnixDomainSocketEndPoint EndPoint()
    {
        try
        {
            return new UnixDomainSocketEndPoint(_file!.FullName);
        }
        catch (ArgumentOutOfRangeException)
        {
            return new UnixDomainSocketEndPoint(path);
        }
    }
}
