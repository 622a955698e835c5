# Mail::SPF over a file of "ADDRESS SENDER HELO" lines, in one process: one result a line.
use strict;
use warnings;
use Mail::SPF;
my $server = Mail::SPF::Server->new;
while (<>) {
    my ($address, $sender, $helo) = split;
    my $request = Mail::SPF::Request->new(scope => 'mfrom', identity => $sender, ip_address => $address, helo_identity => $helo);
    my $result = $server->process($request);
    $result->authority_explanation if $result->is_code('fail'); # the others fetch it too
    print $result->code, "\n";
}
