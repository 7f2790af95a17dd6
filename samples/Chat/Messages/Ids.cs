namespace Chat.Messages;

/// <summary>The ids of all messages: below 100 what a client says, from 100 what the server says.</summary>
internal static class Ids
{
    public const int Hello = 1;
    public const int Join = 2;
    public const int Leave = 3;
    public const int Say = 4;
    public const int Rename = 5;
    public const int Tell = 6;
    public const int Who = 7;
    public const int ListRooms = 8;
    public const int Ping = 9;

    public const int Welcome = 100;
    public const int Refused = 101;
    public const int Said = 102;
    public const int Told = 103;
    public const int Notice = 104;
    public const int Members = 105;
    public const int RoomList = 106;
    public const int Goodbye = 107;
    public const int Pong = 108;
    public const int Knock = 109;
}
