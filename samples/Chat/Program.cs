using Chat;

if (!ChatOptions.TryParse(args, out ChatOptions? options, out string? error))
{
    Console.Error.WriteLine($"chat: {error}");
    Console.Error.WriteLine(ChatOptions.Usage);
    return 2;
}

return options.Nick is null ? await Serving.RunAsync(options) : await Joining.RunAsync(options);
